package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.controllers.event.EventExpiry;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Lets Events pass after their time, which the store cannot tell from other objects. */
final class EventLife {

  private EventLife() {}

  static EventExpiry start(
      ResourceStore store,
      ResourceCatalogue catalogue,
      ObjectCodec codec,
      Duration ttl,
      Clock clock,
      Executor workers) {
    ResourceDefinition events = catalogue.find("", "v1", "events");
    if (events == null) {
      throw new IllegalStateException("events are not served");
    }
    EventExpiry expiry =
        new EventExpiry(
            store,
            events.collection(),
            ttl,
            object -> lastWrite(object, codec),
            clock,
            (delay, task) ->
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers)
                    .execute(task));
    expiry.start();
    return expiry;
  }

  /** The newest of the times that every write leaves in an object. */
  static long lastWrite(StoredObject object, ObjectCodec codec) {
    JsonNode metadata = codec.read(object.json()).path("metadata");
    long last = millis(metadata.path("creationTimestamp"));
    for (JsonNode entry : metadata.path("managedFields")) {
      last = Math.max(last, millis(entry.path("time")));
    }
    return last;
  }

  private static long millis(JsonNode time) {
    try {
      return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : 0;
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
