package dev.sallyport.server.endpoint.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Warnings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code componentstatuses}: this server is one component with its store, and healthy whenever it
 * can answer. Kept for old clients; the probes under /livez and /readyz tell more.
 */
public final class ComponentStatuses implements Endpoint {

  private static final String STORE = "store";
  private static final List<String> DEPRECATED =
      List.of("v1 ComponentStatus is deprecated in v1.19+");

  private final ResponseWriter writer;

  public ComponentStatuses(ResponseWriter writer) {
    this.writer = writer;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String name = context.info().name();
    Representation form =
        Negotiator.PLAIN.choose(context.request().headers(), context.query().first("pretty"));
    ObjectNode answer;
    if (name.isEmpty()) {
      answer = object("ComponentStatusList");
      answer.putObject("metadata");
      ObjectNode item = store();
      item.remove(List.of("kind", "apiVersion"));
      answer.putArray("items").add(item);
    } else if (name.equals(STORE)) {
      answer = store();
    } else {
      throw new StatusException(Status.notFound("", "componentstatuses", name));
    }
    Response response =
        writer.object(form, 200, answer.toString().getBytes(StandardCharsets.UTF_8));
    Warnings.addAll(response.headers(), DEPRECATED);
    return Answer.now(response);
  }

  private static ObjectNode store() {
    ObjectNode status = object("ComponentStatus");
    status.putObject("metadata").put("name", STORE);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Healthy")
        .put("status", "True")
        .put("message", "ok");
    return status;
  }

  private static ObjectNode object(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
  }
}
