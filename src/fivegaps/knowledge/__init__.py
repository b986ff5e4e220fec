"""Knowledge as data: instruments, industry profiles, sources, and their checker."""
