package dev.sallyport.server.response;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import java.util.List;

/** A {@link Status} as JSON, its members in kube-apiserver's order. */
public final class StatusJson {

  private StatusJson() {}

  public static byte[] encode(Status status) {
    JsonText json = new JsonText();
    json.raw("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{");
    first(json, false, "continue", status.resume());
    json.raw("},\"status\":");
    json.raw(status.success() ? "\"Success\"" : "\"Failure\"");
    member(json, "message", status.message());
    member(json, "reason", status.reason());
    StatusDetails details = status.details();
    if (details != null) {
      json.raw(",\"details\":{");
      details(json, details);
      json.raw('}');
    }
    if (!status.success()) {
      json.raw(",\"code\":").number(status.code());
    }
    return json.raw('}').bytes();
  }

  private static void member(JsonText json, String name, String value) {
    if (!value.isEmpty()) {
      json.raw(",\"").raw(name).raw("\":").string(value);
    }
  }

  private static void details(JsonText json, StatusDetails details) {
    boolean any = first(json, false, "name", details.name());
    any = first(json, any, "group", details.group());
    any = first(json, any, "kind", details.kind());
    any = first(json, any, "uid", details.uid());
    if (!details.causes().isEmpty()) {
      json.raw(any ? ",\"causes\":[" : "\"causes\":[");
      causes(json, details.causes());
      json.raw(']');
      any = true;
    }
    if (details.retryAfterSeconds() > 0) {
      json.raw(any ? "," : "").raw("\"retryAfterSeconds\":").number(details.retryAfterSeconds());
    }
  }

  private static void causes(JsonText json, List<StatusCause> causes) {
    for (int i = 0; i < causes.size(); i++) {
      StatusCause cause = causes.get(i);
      json.raw(i == 0 ? "{" : ",{");
      boolean any = first(json, false, "reason", cause.reason());
      any = first(json, any, "message", cause.message());
      first(json, any, "field", cause.field());
      json.raw('}');
    }
  }

  /** Adds a member unless its value is empty; answers whether the object has any member now. */
  private static boolean first(JsonText json, boolean any, String name, String value) {
    if (value.isEmpty()) {
      return any;
    }
    json.raw(any ? ",\"" : "\"").raw(name).raw("\":").string(value);
    return true;
  }
}
