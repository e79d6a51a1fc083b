package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.store.StoredObject;

/** get: the stored bytes, untouched unless the client wants them otherwise. */
public final class GetEndpoint implements ResourceEndpoint {

  private final ResourceRegistry registry;
  private final ObjectWriter writer;

  public GetEndpoint(ResourceRegistry registry, ObjectWriter writer) {
    this.registry = registry;
    this.writer = writer;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    Answer<StoredObject> found = registry.get(call);
    if (found instanceof Answer.Now<StoredObject> now) {
      return Answer.now(writer.read(context, form, call.resource(), now.value()));
    }
    return found.map(object -> writer.read(context, form, call.resource(), object));
  }
}
