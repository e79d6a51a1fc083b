package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;

/** deletecollection: answers the objects as they were. */
public final class DeleteCollectionEndpoint implements ResourceEndpoint {

  private final ResourceRegistry registry;
  private final ObjectWriter writer;
  private final Desk desk;

  public DeleteCollectionEndpoint(ResourceRegistry registry, ObjectWriter writer, Desk desk) {
    this.registry = registry;
    this.writer = writer;
    this.desk = desk;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    return desk.deleteOptions(context)
        .then(body -> Desk.back(context, registry.deleteCollection(call, body)))
        .then(list -> writer.list(context, form, call.resource(), list));
  }
}
