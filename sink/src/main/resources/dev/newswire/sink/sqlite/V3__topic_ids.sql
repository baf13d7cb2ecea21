-- Which log a group's offsets belong to: Kafka's id of the topic. NULL where it was filled before
-- ids were kept; the next claim fills it in.
ALTER TABLE consumer_offsets ADD COLUMN topic_id TEXT;
