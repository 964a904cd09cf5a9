"""Values over time: before and after, visit by visit, against normal and between arms."""
