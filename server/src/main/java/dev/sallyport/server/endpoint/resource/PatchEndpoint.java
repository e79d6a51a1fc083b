package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.registry.UnsupportedPatch;
import dev.sallyport.resources.registry.WriteResult;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;

/** patch: the Content-Type says which of the four kinds of patches the body is. */
public final class PatchEndpoint implements ResourceEndpoint {

  private final ResourceRegistry registry;
  private final ObjectWriter writer;
  private final Desk desk;

  public PatchEndpoint(ResourceRegistry registry, ObjectWriter writer, Desk desk) {
    this.registry = registry;
    this.writer = writer;
    this.desk = desk;
  }

  @Override
  public Answer<Response> answer(RequestContext context, ResourceCall call) {
    Representation form =
        Negotiator.OBJECTS.choose(context.request().headers(), context.query().first("pretty"));
    String contentType = context.request().headers().first("content-type");
    PatchType type = contentType == null ? null : PatchType.of(contentType);
    if (type == null) {
      throw UnsupportedPatch.of(call.resource());
    }
    return desk.body(context, call.resource())
        .then(bytes -> patch(context, call, type, bytes))
        .map(result -> writer.result(context, form, call.resource(), result));
  }

  private Answer<WriteResult> patch(
      RequestContext context, ResourceCall call, PatchType type, byte[] document) {
    AuditEntry entry = context.audit();
    if (entry != null && entry.wantsObject() && type != PatchType.APPLY) {
      PatchText.oneLine(document).ifPresent(entry::sent);
    }
    return Desk.back(context, registry.patch(call, type, document, context.objectListener()));
  }
}
