package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.WriteResult;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.RequestBodies;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;

/** create and update: POST to a collection, PUT of an object or of one of its subresources. */
public final class WriteEndpoint implements ResourceEndpoint {

  private final Write write;
  private final ObjectWriter writer;
  private final Desk desk;

  /** What is done with the object in the body. */
  @FunctionalInterface
  public interface Write {
    Answer<WriteResult> write(ResourceCall call, Body body);
  }

  public WriteEndpoint(Write write, ObjectWriter writer, Desk desk) {
    this.write = write;
    this.writer = writer;
    this.desk = desk;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    BodyFormat format = RequestBodies.format(context.request().headers());
    return desk.body(context, call.resource())
        .then(
            bytes ->
                Desk.back(
                    context, write.write(call, new Body(format, bytes, context.objectListener()))))
        .map(result -> writer.result(context, form, call.resource(), result));
  }
}
