"""How long others stayed in a phase is read from the newest stays alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0008_words_initiatives_meet_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='initiativestep',
            index=models.Index(condition=models.Q(('taken', True)), fields=['from_state', '-at', '-id'], name='initiative_steps_left'),
        ),
    ]
