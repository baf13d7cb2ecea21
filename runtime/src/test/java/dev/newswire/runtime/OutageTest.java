// SPDX-License-Identifier: Apache-2.0
package dev.newswire.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases: what a stage waits for, and what is an input's or the program's fault. */
class OutageTest {

  static Stream<Throwable> outages() {
    List<Throwable> bare =
        List.of(
            // The network between us and brokers, registry or store.
            new UnknownHostException("registry.example"),
            new ConnectException("Connection refused"),
            new NoRouteToHostException("No route to host"),
            new SocketException("Connection reset"),
            new SocketTimeoutException("Read timed out"),
            new HttpTimeoutException("request timed out"),
            new ClosedChannelException(),
            new SSLHandshakeException("PKIX path building failed"),
            new SSLPeerUnverifiedException("Certificate doesn't match"),
            new IOException("Premature EOF"),
            // The schema registry refuses, or somebody before it.
            new RestClientException("Unauthorized", 401, 401),
            new RestClientException("Forbidden", 403, 40301),
            new RestClientException("a proxy's page", 404, 50005),
            new RestClientException("Too Many Requests", 429, 429),
            new RestClientException("Error in the backend data store", 500, 50001),
            new RestClientException("Bad Gateway", 502, 502),
            new RestClientException("Service Unavailable", 503, 503),
            new InvalidConfigurationException("Schema not found; error code: 40301"),
            // The brokers.
            new TimeoutException("Failed to update metadata after 60000 ms."),
            new DisconnectException(),
            new BrokerNotAvailableException("gone"),
            new CoordinatorNotAvailableException("The coordinator is not available."),
            new NotCoordinatorException("This is not the correct coordinator."),
            new NotEnoughReplicasException("Messages are rejected"),
            new KafkaStorageException("Disk error when trying to access log file"),
            new UnknownTopicOrPartitionException("This server does not host this topic"),
            new UnknownTopicIdException("This server does not host this topic ID."),
            new TopicAuthorizationException("newswire.raw"),
            new GroupAuthorizationException("newswire-sink"),
            new TransactionalIdAuthorizationException("not authorized"),
            new SaslAuthenticationException("Authentication failed"),
            new SslAuthenticationException("SSL handshake failed"),
            new ProducerFencedException("another producer has this transactional id"),
            new InvalidProducerEpochException("an old epoch"),
            new KafkaException("Unexpected error in the response"),
            // The disk.
            new IOException("No space left on device"),
            new FileSystemException("/data/newswire.db", null, "No space left on device"),
            new Outage("the store can't be written", new IllegalStateException()));
    return bare.stream()
        .flatMap(
            cause ->
                Stream.of(
                    cause,
                    new SerializationException("Error deserializing Avro message for id 3", cause),
                    new KafkaException("Unexpected error", cause),
                    new IllegalStateException(new RuntimeException(cause))));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void aStageWaitsForItsEnd(Throwable failure) {
    assertThat(Outage.isCauseOf(failure)).isTrue();
  }

  static Stream<Throwable> faults() {
    List<Throwable> bare =
        List.of(
            // The bytes of a record.
            new EOFException(),
            new MalformedInputException(1),
            new InvalidNumberEncodingException("Invalid int encoding"),
            new AvroRuntimeException("Malformed data. Length is negative: -1"),
            new AvroTypeException("Found Feed, expecting RawArticle"),
            new BufferUnderflowException(),
            new ClassCastException("Feed cannot be cast to RawArticle"),
            new NegativeArraySizeException("-9"),
            new StackOverflowError(),
            new OutOfMemoryError("Java heap space"),
            new RestClientException("Schema 77 not found", 404, 40403),
            new SerializationException("Unknown magic byte!"),
            new RecordTooLargeException("The record is larger than the maximum"),
            // What waiting does not change.
            new ConfigException("bootstrap.servers", "x", "Invalid url"),
            new FencedInstanceIdException("another process has this instance's name"),
            new UserError("the store is no database"),
            new NullPointerException(),
            new AssertionError("a fault of ours"));
    return bare.stream()
        .flatMap(
            cause ->
                Stream.of(
                    cause,
                    new SerializationException("Error deserializing Avro message for id 3", cause),
                    new KafkaException("Failed to construct kafka consumer", cause)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aStageDoesNotWaitForABetterInput(Throwable failure) {
    assertThat(Outage.isCauseOf(failure)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("outages")
  void anOutageNamesItsDeepestReason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (!(failure instanceof Outage) && root.getMessage() != null) {
      assertThat(Outage.of(failure)).hasMessageContaining(root.getMessage());
    }
  }

  static Stream<Throwable> circles() {
    RuntimeException one = new RuntimeException("one");
    one.initCause(new RuntimeException("two", one));
    return Stream.of(one);
  }

  @ParameterizedTest
  @MethodSource("circles")
  void causesThatGoRoundHaveAnEnd(Throwable failure) {
    assertThat(Outage.isCauseOf(failure)).isFalse();
  }
}
