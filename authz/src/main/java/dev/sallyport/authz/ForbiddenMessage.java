package dev.sallyport.authz;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;

/** What a caller is told who may not do what it asked. */
public final class ForbiddenMessage {

  private ForbiddenMessage() {}

  /**
   * The 403 for a request nobody allowed.
   *
   * @param reason what the authorizers said, or ""
   */
  public static Status status(Attributes attributes, String reason) {
    RequestInfo request = attributes.request();
    String why = describe(attributes);
    return status(request, reason.isEmpty() ? why : why + ": " + reason);
  }

  /** A 403 about the object or path of a request, for any other cause. */
  public static Status status(RequestInfo request, String why) {
    if (!request.resourceRequest()) {
      return Status.forbidden("", "", "", "forbidden: " + why);
    }
    return resource(request.apiGroup(), request.resource(), request.name(), why);
  }

  /** A 403 about one object or collection, led by its name. */
  public static Status resource(String group, String resource, String name, String why) {
    StringBuilder message = new StringBuilder(96).append(resource);
    if (!group.isEmpty()) {
      message.append('.').append(group);
    }
    if (!name.isEmpty()) {
      Quoted.append(message.append(' '), name);
    }
    return Status.forbidden(
        group, resource, name, message.append(" is forbidden: ").append(why).toString());
  }

  /**
   * The plain text of the 500 for a request that could not be judged: an error without an ALLOW.
   *
   * @param uri path and query as they were sent
   */
  public static String internalError(String uri, String error) {
    String text = "Internal Server Error: " + Quoted.of(uri) + ": " + error + "\n";
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String describe(Attributes attributes) {
    RequestInfo request = attributes.request();
    StringBuilder out = new StringBuilder(128).append("User ");
    Quoted.append(out, attributes.user().name());
    out.append(" cannot ").append(request.verb());
    if (!request.resourceRequest()) {
      Quoted.append(out.append(" path "), request.path());
      return out.toString();
    }
    Quoted.append(out.append(" resource "), request.combinedResource());
    Quoted.append(out.append(" in API group "), request.apiGroup());
    if (request.namespace().isEmpty()) {
      return out.append(" at the cluster scope").toString();
    }
    Quoted.append(out.append(" in the namespace "), request.namespace());
    return out.toString();
  }
}
