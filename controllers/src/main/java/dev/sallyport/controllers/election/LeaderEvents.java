package dev.sallyport.controllers.election;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of changes of leadership by Events about the Lease. */
record LeaderEvents(ObjectClient client, String identity, Clock clock) {
  private static final Logger log = LoggerFactory.getLogger(LeaderEvents.class);
  private static final ResourceId EVENTS = new ResourceId("", "events");

  /** Writes the Event without waiting for it: an election does not depend on it. */
  void tell(String what) {
    client
        .create(EVENTS, LeaderElection.NAMESPACE, event(identity + " " + what))
        .whenDone(
            (event, failure) -> {
              if (failure != null) {
                log.debug("The Event \"{}\" was not written: {}", what, failure.toString());
              }
            });
  }

  private ObjectNode event(String message) {
    Instant now = clock.instant();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("kind", "Event").put("apiVersion", "v1");
    event
        .putObject("metadata")
        .put("name", LeaderElection.NAME + "." + Long.toHexString(nanos(now)))
        .put("namespace", LeaderElection.NAMESPACE);
    event
        .putObject("involvedObject")
        .put("kind", "Lease")
        .put("apiVersion", "coordination.k8s.io/v1")
        .put("namespace", LeaderElection.NAMESPACE)
        .put("name", LeaderElection.NAME);
    event.put("reason", "LeaderElection").put("message", message).put("type", "Normal");
    event.putObject("source").put("component", "sallyport");
    event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1);
    event.put("reportingComponent", "sallyport").put("reportingInstance", "");
    return event;
  }

  private static long nanos(Instant now) {
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
