package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.sight.Sighting;

/** list: a page of objects. */
public final class ListEndpoint implements ResourceEndpoint {

  private final ResourceRegistry registry;
  private final ObjectWriter writer;
  private final SeenCollections seen;

  public ListEndpoint(ResourceRegistry registry, ObjectWriter writer, SeenCollections seen) {
    this.registry = registry;
    this.writer = writer;
    this.seen = seen;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    return listed(context, call).then(list -> writer.list(context, form, call.resource(), list));
  }

  private Answer<ObjectList> listed(RequestContext context, ResourceCall call) {
    Sighting sighting = call.namespace().isEmpty() ? seen.sighting(context) : null;
    return sighting == null ? registry.list(call) : seen.list(context, sighting, call);
  }
}
