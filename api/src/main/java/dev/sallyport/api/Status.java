package dev.sallyport.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or an outcome in Kubernetes' own words (meta/v1 Status). {@code code} 200 and 201 are a
 * success, everything else a failure.
 *
 * @param code the HTTP status
 * @param reason a CamelCase word machines read, see {@link Reason}; "" where there is none
 * @param message a sentence people read
 * @param details what it is about, or null when the answer carries no details at all
 * @param resume the token with which a list whose version has expired may go on; "" for all else
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/">Status</a>
 */
public record Status(
    int code, String reason, String message, @Nullable StatusDetails details, String resume) {

  public Status {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(resume, "resume");
  }

  public Status(int code, String reason, String message, @Nullable StatusDetails details) {
    this(code, reason, message, details, "");
  }

  public boolean success() {
    return code >= 200 && code < 300;
  }

  public static Status badRequest(String message) {
    return new Status(400, Reason.BAD_REQUEST, message, null);
  }

  public static Status unauthorized() {
    return new Status(401, Reason.UNAUTHORIZED, "Unauthorized", null);
  }

  /** 403 about one object or collection; {@code name} may be "". */
  public static Status forbidden(String group, String resource, String name, String message) {
    return new Status(403, Reason.FORBIDDEN, message, StatusDetails.of(group, resource, name));
  }

  /** 404 about one object, in the recorded words. */
  public static Status notFound(String group, String resource, String name) {
    String what = group.isEmpty() ? resource : resource + "." + group;
    return new Status(
        404,
        Reason.NOT_FOUND,
        what + " \"" + name + "\" not found",
        StatusDetails.of(group, resource, name));
  }

  public static Status alreadyExists(String group, String resource, String name) {
    String what = group.isEmpty() ? resource : resource + "." + group;
    return new Status(
        409,
        Reason.ALREADY_EXISTS,
        what + " \"" + name + "\" already exists",
        StatusDetails.of(group, resource, name));
  }

  public static Status conflict(String group, String resource, String name, String why) {
    String what = group.isEmpty() ? resource : resource + "." + group;
    return new Status(
        409,
        Reason.CONFLICT,
        "Operation cannot be fulfilled on " + what + " \"" + name + "\": " + why,
        StatusDetails.of(group, resource, name));
  }

  /** 422 with one cause per fault; {@code details.kind} is the kind, not the resource. */
  public static Status invalid(String group, String kind, String name, List<StatusCause> causes) {
    String what = group.isEmpty() ? kind : kind + "." + group;
    List<String> faults = causes.stream().map(StatusCause::line).toList();
    String text = faults.size() == 1 ? faults.get(0) : "[" + String.join(", ", faults) + "]";
    return new Status(
        422,
        Reason.INVALID,
        what + " \"" + name + "\" is invalid: " + text,
        new StatusDetails(name, group, kind, "", causes, 0));
  }

  public static Status methodNotAllowed() {
    return new Status(
        405,
        Reason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource",
        StatusDetails.EMPTY);
  }

  /** 429: the caller, or everybody, asks for more than there is. */
  public static Status tooManyRequests(String message, int retryAfterSeconds) {
    return new Status(
        429,
        Reason.TOO_MANY_REQUESTS,
        message,
        new StatusDetails("", "", "", "", List.of(), retryAfterSeconds));
  }

  public static Status internalError(String message) {
    return new Status(
        500,
        Reason.INTERNAL_ERROR,
        "Internal error occurred: " + message,
        new StatusDetails("", "", "", "", List.of(new StatusCause("", message, "")), 0));
  }
}
