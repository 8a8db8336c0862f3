"""E-mail: screens as letters, a mail server's answers understood. Letters go out; none come in."""
