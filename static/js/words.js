// Sentences stand in data- attributes, translated by the server; {name} in them is filled in here.
export const words = (root) => (name, told = {}) =>
  (root?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (all, key) => told[key] ?? all);
