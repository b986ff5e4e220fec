"""What every part of the office stands on: page frame, forms, audit log."""
