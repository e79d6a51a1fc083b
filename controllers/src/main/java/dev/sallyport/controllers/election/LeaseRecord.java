package dev.sallyport.controllers.election;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a Lease says of an election.
 *
 * @param holder who leads, or ""
 * @param seconds how long others wait for the holder
 * @param acquired since when it leads, as text
 * @param renewed when it was last heard of, as text
 * @param transitions how often the holder has changed
 */
record LeaseRecord(String holder, long seconds, String acquired, String renewed, int transitions) {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  static LeaseRecord of(JsonNode lease) {
    JsonNode spec = lease.path("spec");
    return new LeaseRecord(
        spec.path("holderIdentity").asText(),
        spec.path("leaseDurationSeconds").asLong(),
        spec.path("acquireTime").asText(),
        spec.path("renewTime").asText(),
        spec.path("leaseTransitions").asInt());
  }

  /** As it is when somebody takes or renews it. */
  LeaseRecord heldBy(String identity, Duration duration, Instant now) {
    boolean same = holder.equals(identity);
    return new LeaseRecord(
        identity,
        duration.toSeconds(),
        same ? acquired : MICROS.format(now),
        MICROS.format(now),
        same || renewed.isEmpty() ? transitions : transitions + 1);
  }

  /** As it is when its holder gives it up: the next one need not wait. */
  LeaseRecord released(Instant now) {
    return new LeaseRecord("", 1, MICROS.format(now), MICROS.format(now), transitions);
  }

  static LeaseRecord none() {
    return new LeaseRecord("", 0, "", "", 0);
  }

  ObjectNode write(ObjectNode lease) {
    lease
        .withObjectProperty("spec")
        .put("holderIdentity", holder)
        .put("leaseDurationSeconds", seconds)
        .put("acquireTime", acquired)
        .put("renewTime", renewed)
        .put("leaseTransitions", transitions);
    return lease;
  }

  ObjectNode create(String namespace, String name) {
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    lease.put("kind", "Lease").put("apiVersion", "coordination.k8s.io/v1");
    lease.putObject("metadata").put("name", name).put("namespace", namespace);
    return write(lease);
  }
}
