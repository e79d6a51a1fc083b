package dev.sallyport.controllers.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.config.csr.CertificateText;
import dev.sallyport.controllers.ObjectClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes requests that have had their day: answered, denied or failed an hour ago, waiting for a
 * day, or with a certificate that has expired.
 */
public final class RequestCleaner {

  /** How long to wait between two looks at all requests. */
  public static final Duration INTERVAL = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(RequestCleaner.class);
  private static final Duration SETTLED = Duration.ofHours(1);
  private static final Duration PENDING = Duration.ofHours(24);

  private final ObjectClient client;
  private final Clock clock;
  private final Executor later;

  /**
   * @param later runs a task after {@link #INTERVAL}
   */
  public RequestCleaner(ObjectClient client, Clock clock, Executor later) {
    this.client = client;
    this.clock = clock;
    this.later = later;
  }

  public void start() {
    later.execute(this::sweep);
  }

  private void sweep() {
    client
        .list(RequestObject.RESOURCE, "")
        .whenDone(
            (objects, failure) -> {
              if (objects != null) {
                sweep(objects);
              } else {
                log.warn("Requests for certificates were not looked through", failure);
              }
              later.execute(this::sweep);
            });
  }

  private void sweep(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      RequestObject request = new RequestObject(object);
      if (done(request)) {
        client
            .delete(RequestObject.RESOURCE, "", request.name(), request.uid())
            .whenDone((deleted, failure) -> deleted(request, failure));
      }
    }
  }

  private static void deleted(RequestObject request, @Nullable Throwable failure) {
    if (failure == null) {
      log.info("Removed the settled certificate request {}", request.name());
    } else {
      log.warn("The certificate request {} stays for now: {}", request.name(), failure.toString());
    }
  }

  private boolean done(RequestObject request) {
    if (request.conditions().isEmpty()) {
      String made = request.json().path("metadata").path("creationTimestamp").asText();
      return olderThan(PENDING, made);
    }
    boolean issued = !request.certificate().isEmpty();
    for (JsonNode condition : request.conditions()) {
      boolean settled =
          switch (condition.path("type").asText()) {
            case RequestObject.APPROVED -> issued;
            case RequestObject.DENIED, RequestObject.FAILED -> true;
            default -> false;
          };
      if (settled && olderThan(SETTLED, condition.path("lastUpdateTime").asText())) {
        return true;
      }
    }
    return issued && request.is(RequestObject.APPROVED) && expired(request.certificate());
  }

  private boolean olderThan(Duration age, String time) {
    try {
      return Instant.parse(time).plus(age).isBefore(clock.instant());
    } catch (DateTimeParseException e) {
      return false; // not said
    }
  }

  private boolean expired(String base64) {
    try {
      return CertificateText.parse(Base64.getDecoder().decode(base64))
          .get(0)
          .getNotAfter()
          .toInstant()
          .isBefore(clock.instant());
    } catch (CertificateRequestException e) {
      return false; // nobody can say when it ends
    }
  }
}
