package dev.sallyport.audit.format;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.audit.Outcome;
import java.util.List;

/** The responseStatus of an event: the code always, the words where a Status was answered. */
final class StatusFormat {

  private StatusFormat() {}

  static void write(JsonBuffer out, Outcome outcome) {
    out.raw("{\"metadata\":{}");
    Status status = outcome.status();
    if (status != null) {
      out.raw(status.success() ? ",\"status\":\"Success\"" : ",\"status\":\"Failure\"");
      JsonFormat.member(out, "message", status.message());
      JsonFormat.member(out, "reason", status.reason());
      StatusDetails details = status.details();
      if (details != null) {
        details(out, details);
      }
    }
    out.raw(",\"code\":").number(outcome.code()).raw('}');
  }

  private static void details(JsonBuffer out, StatusDetails details) {
    out.raw(",\"details\":{");
    int start = out.length();
    first(out, start, "name", details.name());
    first(out, start, "group", details.group());
    first(out, start, "kind", details.kind());
    first(out, start, "uid", details.uid());
    if (!details.causes().isEmpty()) {
      out.raw(out.length() == start ? "" : ",").raw("\"causes\":[");
      causes(out, details.causes());
      out.raw(']');
    }
    if (details.retryAfterSeconds() > 0) {
      out.raw(out.length() == start ? "" : ",").raw("\"retryAfterSeconds\":");
      out.number(details.retryAfterSeconds());
    }
    out.raw('}');
  }

  private static void causes(JsonBuffer out, List<StatusCause> causes) {
    for (int i = 0; i < causes.size(); i++) {
      StatusCause cause = causes.get(i);
      out.raw(i == 0 ? "{" : ",{");
      int start = out.length();
      first(out, start, "reason", cause.reason());
      first(out, start, "message", cause.message());
      first(out, start, "field", cause.field());
      out.raw('}');
    }
  }

  private static void first(JsonBuffer out, int start, String name, String value) {
    if (!value.isEmpty()) {
      out.raw(out.length() == start ? "\"" : ",\"").raw(name).raw("\":").string(value);
    }
  }
}
