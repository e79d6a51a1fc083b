package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.RequestBodies;

/** The DeleteOptions that a DELETE may carry. */
final class DeleteBody {

  private DeleteBody() {}

  static Answer<Body> read(RequestContext context) {
    if (context.request().body().declaredLength() == 0) {
      return Answer.now(Body.NONE);
    }
    BodyFormat format = RequestBodies.format(context.request().headers());
    return RequestBodies.read(context)
        .map(
            bytes ->
                bytes.length == 0 ? Body.NONE : new Body(format, bytes, context.objectListener()));
  }
}
