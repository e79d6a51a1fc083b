package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Reason;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.Subresource;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import dev.sallyport.server.response.Warnings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource a path names and the endpoint of the verb. What does not fit together is
 * refused in the words of the original: an unknown group by a plain 404, an unknown resource by a
 * Status, a method that a resource does not have by 405.
 */
public final class ResourceRouter implements Endpoint {

  private final ResourceCatalogue catalogue;
  private final Map<String, ResourceEndpoint> verbs;
  private final Map<Special, Endpoint> specials;

  /**
   * A resource or subresource that is answered rather than stored, such as a review.
   *
   * @param subresource "" for the resource itself
   */
  public record Special(String group, String resource, String subresource) {}

  /**
   * @param verbs the endpoint of each verb of what is stored
   * @param specials the endpoints of what is answered
   */
  public ResourceRouter(
      ResourceCatalogue catalogue,
      Map<String, ResourceEndpoint> verbs,
      Map<Special, Endpoint> specials) {
    this.catalogue = catalogue;
    this.verbs = Map.copyOf(verbs);
    this.specials = Map.copyOf(specials);
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    RequestInfo info = context.info();
    ResourceDefinition resource =
        catalogue.find(info.apiGroup(), info.apiVersion(), info.resource());
    if (resource == null) {
      return unknown(info);
    }
    String namespace = namespace(info, resource);
    checkPlace(info, resource, namespace);
    checkVerb(context.request().method(), info, resource, namespace);
    if (!resource.stored() || !info.subresource().isEmpty()) {
      Endpoint special = special(info);
      if (special != null && context.sighting() != null) {
        // It would show all of what was let pass to be shown in part.
        throw new StatusException(
            ForbiddenMessage.status(new Attributes(context.user(), info), ""));
      }
      if (special != null) {
        return special.answer(context);
      }
    }
    ResourceEndpoint endpoint = verbs.get(info.verb());
    if (endpoint == null || !resource.stored()) {
      throw new StatusException(Status.methodNotAllowed());
    }
    String agent = context.request().headers().first("user-agent");
    ResourceCall call =
        new ResourceCall(
            context.user(),
            resource,
            namespace,
            info.name(),
            info.subresource(),
            context.query(),
            agent == null ? "" : agent);
    CustomKind custom = resource.custom();
    return custom == null || custom.warning().isEmpty()
        ? endpoint.answer(context, call)
        : endpoint.answer(context, call).map(response -> warned(response, custom.warning()));
  }

  /** Who uses a deprecated version is told so. */
  private static Response warned(Response response, String warning) {
    Warnings.add(response.headers(), warning);
    return response;
  }

  private @Nullable Endpoint special(RequestInfo info) {
    return specials.get(new Special(info.apiGroup(), info.resource(), info.subresource()));
  }

  private Answer<Response> unknown(RequestInfo info) {
    for (ResourceGroup group : catalogue.groups()) {
      if (group.name().equals(info.apiGroup())) {
        throw new StatusException(noSuchResource());
      }
    }
    return Answer.now(Responses.pathNotFound());
  }

  /** The namespace of the object; a namespace itself stands in none. */
  private static String namespace(RequestInfo info, ResourceDefinition resource) {
    boolean itself = info.resource().equals("namespaces") && resource.group().isEmpty();
    return itself ? "" : info.namespace();
  }

  /** Refuses paths that lead nowhere: a wrong scope, an unknown subresource, too many segments. */
  private static void checkPlace(RequestInfo info, ResourceDefinition resource, String namespace) {
    boolean named = !info.name().isEmpty() && info.parts().size() > 1;
    boolean scoped = resource.namespaced() ? !named || !namespace.isEmpty() : namespace.isEmpty();
    String sub = info.subresource();
    boolean known = sub.isEmpty() || resource.subresource(sub) != null;
    boolean tail = info.parts().size() > 3 && !sub.equals("proxy") && !info.verb().equals("proxy");
    if (!scoped || !known || tail) {
      throw new StatusException(noSuchResource());
    }
  }

  private static void checkVerb(
      String method, RequestInfo info, ResourceDefinition resource, String namespace) {
    String verb = info.verb();
    Subresource sub =
        info.subresource().isEmpty() ? null : resource.subresource(info.subresource());
    boolean served = sub == null ? resource.supports(verb) : sub.verbs().contains(verb);
    boolean named = info.parts().size() > 1;
    boolean placed =
        switch (verb) {
          // The path of an old watch says so whatever the method is.
          case "watch" -> method.equals("GET");
          case "create" -> sub != null || !named;
          case "update", "patch" -> named;
          default -> true;
        };
    // Across all namespaces one may look, and no more.
    boolean far = resource.namespaced() && namespace.isEmpty();
    boolean reads = verb.equals("list") || verb.equals("watch");
    if (!served || !placed || (far && !reads) || method.equals("HEAD")) {
      throw new StatusException(Status.methodNotAllowed());
    }
  }

  private static Status noSuchResource() {
    return new Status(
        404,
        Reason.NOT_FOUND,
        "the server could not find the requested resource",
        StatusDetails.EMPTY);
  }
}
