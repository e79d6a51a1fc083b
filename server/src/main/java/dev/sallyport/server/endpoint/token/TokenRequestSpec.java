package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.validation.Faults;
import java.util.List;

/**
 * What a TokenRequest asks for, with its defaults.
 *
 * @param audiences whom the token shall be meant for
 * @param seconds how long it shall be good
 * @param bound the object it shall be bound to, as it was sent; a null node without one
 */
record TokenRequestSpec(List<String> audiences, long seconds, JsonNode bound) {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long LEAST_SECONDS = 600;
  private static final long MOST_SECONDS = 1L << 32;

  static TokenRequestSpec of(ObjectNode request, List<String> apiAudiences) {
    JsonNode spec = request.path("spec");
    List<String> audiences = AnsweredReview.texts(spec.path("audiences"));
    JsonNode seconds = spec.path("expirationSeconds");
    JsonNode bound = spec.path("boundObjectRef");
    return new TokenRequestSpec(
        audiences.isEmpty() ? apiAudiences : audiences,
        seconds.isNumber() ? seconds.asLong() : DEFAULT_SECONDS,
        bound.isObject() ? bound : request.nullNode());
  }

  /** Refuses, with 422, what nobody gets. */
  void check() {
    Faults faults = new Faults();
    if (seconds < LEAST_SECONDS) {
      faults.invalid(
          "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > MOST_SECONDS) {
      faults.invalid(
          "spec.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
    }
    if (!faults.causes().isEmpty()) {
      throw new StatusException(
          Status.invalid("authentication.k8s.io", "TokenRequest", "", faults.causes()));
    }
  }

  TokenRequestSpec atMost(long limit) {
    return new TokenRequestSpec(audiences, Math.min(seconds, limit), bound);
  }

  boolean isBound() {
    return bound.isObject();
  }

  ObjectNode write(ObjectNode answer) {
    ObjectNode spec = answer.putObject("spec");
    AnsweredReview.texts(spec, "audiences", audiences);
    spec.put("expirationSeconds", seconds);
    spec.set("boundObjectRef", bound);
    return answer;
  }
}
