"""migraine-lab: notebooks that teach migraine and how to read a reported response rate."""
