package dev.sallyport.server.endpoint.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;

/**
 * Requests that are to be passed on to a pod, a service or a node. Nothing of that is reached from
 * here; before that everything is as it would be.
 */
public final class ObjectProxy implements Endpoint {

  private final StoredObjects objects;

  public ObjectProxy(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    RequestInfo info = context.info();
    Target target = Target.of(info.name());
    return objects
        .get(context.user(), info.resource(), info.namespace(), target.name())
        .then(
            object ->
                switch (info.resource()) {
                  case "pods" -> pod(object);
                  case "services" -> service(context, target, object);
                  default -> unreachable("the node " + target.name());
                });
  }

  /** What a name such as {@code https:web:443} says. */
  private record Target(String name, String port) {
    static Target of(String text) {
      int first = text.indexOf(':');
      int last = text.lastIndexOf(':');
      if (first < 0) {
        return new Target(text, "");
      }
      // Two colons stand around the name, one between name and port.
      return first == last
          ? new Target(text.substring(0, first), text.substring(first + 1))
          : new Target(text.substring(first + 1, last), text.substring(last + 1));
    }
  }

  private static Answer<Response> pod(ObjectNode pod) {
    if (pod.path("status").path("podIP").asText().isEmpty()) {
      throw new StatusException(Status.badRequest("address not allowed"));
    }
    return unreachable("the pod " + pod.path("metadata").path("name").asText());
  }

  private Answer<Response> service(RequestContext context, Target target, ObjectNode service) {
    if (!target.port().isEmpty() && !serves(service, target.port())) {
      throw unavailable(
          "no service port \"%s\" found for service \"%s\""
              .formatted(target.port(), target.name()));
    }
    return objects
        .list(context.user(), "", "endpoints", context.info().namespace())
        .then(
            all -> {
              for (ObjectNode endpoints : all) {
                if (endpoints.path("metadata").path("name").asText().equals(target.name())
                    && !endpoints.path("subsets").isEmpty()) {
                  return unreachable("the service " + target.name());
                }
              }
              throw unavailable("no endpoints available for service \"" + target.name() + "\"");
            });
  }

  private static boolean serves(ObjectNode service, String port) {
    for (JsonNode one : service.path("spec").path("ports")) {
      if (one.path("name").asText().equals(port) || one.path("port").asText().equals(port)) {
        return true;
      }
    }
    return false;
  }

  private static Answer<Response> unreachable(String what) {
    return Answer.failed(
        unavailable("error trying to reach service: " + what + " is not reached from here"));
  }

  private static StatusException unavailable(String message) {
    return new StatusException(new Status(503, Reason.SERVICE_UNAVAILABLE, message, null));
  }
}
