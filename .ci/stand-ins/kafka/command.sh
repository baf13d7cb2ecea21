#!/usr/bin/env bash
# Runs the tool after which it is called.
set -euo pipefail
case $(basename "$0") in
  kafka-acls.sh) tool=org.apache.kafka.tools.AclCommand ;;
  kafka-configs.sh) tool=kafka.admin.ConfigCommand ;;
  kafka-consumer-groups.sh) tool=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  kafka-server-start.sh) tool=kafka.Kafka ;;
  kafka-storage.sh) tool=kafka.tools.StorageTool ;;
  kafka-topics.sh) tool=org.apache.kafka.tools.TopicCommand ;;
esac
logging=/etc/kafka/docker/log4j2.yaml
level=WARN
if [ "$tool" = kafka.Kafka ]; then
  level=INFO
  if [ -e /opt/kafka/config/log4j2.yaml ]; then logging=/opt/kafka/config/log4j2.yaml; fi
fi
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx1g -Xms256m} -XX:+UseSerialGC ${KAFKA_OPTS:-} -Dnewswire.level=$level \
  -Dlog4j2.configurationFile=$logging -cp '/opt/kafka/libs/*' "$tool" "$@"
