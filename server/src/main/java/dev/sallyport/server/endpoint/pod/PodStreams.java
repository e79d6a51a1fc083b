package dev.sallyport.server.endpoint.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Responses;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways into a pod: its log, its shell, its ports. They lead through the kubelet of the pod's
 * node, which is not reached from here; before that everything is as it would be with one.
 */
public final class PodStreams implements Endpoint {

  private final StoredObjects objects;

  public PodStreams(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    RequestInfo info = context.info();
    return objects
        .get(context.user(), "pods", info.namespace(), info.name())
        .then(pod -> into(context, pod));
  }

  private Answer<Response> into(RequestContext context, ObjectNode pod) {
    String way = context.info().subresource();
    if (!way.equals("portforward")) {
      checkContainer(pod, context.query().text("container"));
    }
    String node = pod.path("spec").path("nodeName").asText();
    if (node.isEmpty()) {
      if (way.equals("log")) {
        // Nothing was ever written by what runs nowhere.
        return Answer.now(Responses.text(200, ""));
      }
      throw new StatusException(
          Status.badRequest(
              "pod "
                  + pod.path("metadata").path("name").asText()
                  + " does not have a host assigned"));
    }
    return objects
        .get(context.user(), "nodes", "", node)
        .then(
            found ->
                Answer.failed(
                    new StatusException(
                        Status.internalError(
                            "error dialing backend: no kubelet is reached from here, that of node "
                                + node
                                + " neither"))));
  }

  private static void checkContainer(ObjectNode pod, String container) {
    JsonNode spec = pod.path("spec");
    String name = pod.path("metadata").path("name").asText();
    List<String> regular = names(spec.path("containers"));
    List<String> initial = names(spec.path("initContainers"));
    if (container.isEmpty()) {
      if (regular.size() > 1) {
        String others =
            initial.isEmpty() ? "" : " or one of the init containers: " + shown(initial);
        throw new StatusException(
            Status.badRequest(
                "a container name must be specified for pod "
                    + name
                    + ", choose one of: "
                    + shown(regular)
                    + others));
      }
      return;
    }
    boolean known =
        regular.contains(container)
            || initial.contains(container)
            || names(spec.path("ephemeralContainers")).contains(container);
    if (!known) {
      throw new StatusException(
          Status.badRequest("container " + container + " is not valid for pod " + name));
    }
  }

  private static List<String> names(JsonNode containers) {
    List<String> names = new ArrayList<>();
    containers.forEach(container -> names.add(container.path("name").asText()));
    return names;
  }

  private static String shown(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
