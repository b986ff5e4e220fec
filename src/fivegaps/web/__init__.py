"""The service-quality office: people, surveys and results on pages.

A Django project with floors of its own, each importing only lower ones:
shared < accounts < people < surveys < dashboards < config.
"""
