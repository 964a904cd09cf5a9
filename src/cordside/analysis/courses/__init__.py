"""The course of each subject: times to events, outcomes, episodes, timelines, images."""
