"""How the lessons are shown: JupyterLab on the first lesson, live slides, the command line."""
