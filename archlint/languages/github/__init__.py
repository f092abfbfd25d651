"""How GitHub's workflow and action files are read: values by path, triggers, jobs, steps."""
