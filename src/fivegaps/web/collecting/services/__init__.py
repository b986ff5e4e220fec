"""What the office does to reach people."""
