"""The schema's history. `runner` moves a database along it, `state` says where one stands."""
