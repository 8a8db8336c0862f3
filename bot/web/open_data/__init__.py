"""/open-data/: both protocols, queues, places and figures, as pages, CSV and JSON. docs/open-data.md."""
