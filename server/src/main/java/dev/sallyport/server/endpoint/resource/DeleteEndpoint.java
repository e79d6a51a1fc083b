package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.DeleteResult;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;

/** delete: a Status when the object has gone, else the object on its way. */
public final class DeleteEndpoint implements ResourceEndpoint {

  private final ResourceRegistry registry;
  private final ObjectWriter writer;
  private final Desk desk;
  private final ResponseWriter statuses;

  public DeleteEndpoint(
      ResourceRegistry registry, ObjectWriter writer, ResponseWriter statuses, Desk desk) {
    this.registry = registry;
    this.writer = writer;
    this.desk = desk;
    this.statuses = statuses;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    return desk.deleteOptions(context)
        .then(body -> Desk.back(context, registry.delete(call, body)))
        .map(result -> told(context, form, call, result));
  }

  private Response told(
      RequestContext context, Representation form, ResourceCall call, DeleteResult result) {
    if (result instanceof DeleteResult.Object kept) {
      return writer.object(context, form, call.resource(), kept.code(), kept.object());
    }
    return statuses.status(context, ((DeleteResult.Gone) result).status());
  }
}
