// Sentences stand in data- attributes, translated by the server; {name} in them is filled in here.
export const words = (root) => (name, told = {}) =>
  (root?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (all, key) => told[key] ?? all);

// What the scripts of every page say stands in the frame (_ui/_words.html).
export const told = (name, filled) => words(document.getElementById("shell-words"))(name, filled);
