package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;

/** One verb of every resource. Called when resource, scope and verb are known to fit together. */
public interface ResourceEndpoint {
  Answer<Response> answer(RequestContext context, ResourceCall call);
}
