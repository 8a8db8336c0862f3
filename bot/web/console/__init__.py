"""The console: pages for staff under /console/, drawn by the server.

Every page declares who may open it; one that declares nothing is refused. What staff decide is done by
`bot.department` and `bot.desk`; here it is asked for and shown.
"""
