package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;

/** Reads the subjects of tokens as the server itself: who asks was authorized for the token. */
public final class RegistryTokenSubjects implements TokenSubjects {
  private static final UserInfo SERVER =
      UserInfo.of(WellKnown.USER_APISERVER, WellKnown.GROUP_MASTERS);

  private final ResourceRegistry registry;
  private final ResourceCatalogue catalogue;
  private final ObjectCodec codec;

  public RegistryTokenSubjects(
      ResourceRegistry registry, ResourceCatalogue catalogue, ObjectCodec codec) {
    this.registry = registry;
    this.catalogue = catalogue;
    this.codec = codec;
  }

  @Override
  public Answer<ObjectNode> get(String resource, String namespace, String name) {
    ResourceDefinition definition = catalogue.find("", "v1", resource);
    if (definition == null) {
      throw new StatusException(Status.notFound("", resource, name));
    }
    try {
      return registry
          .get(ResourceCall.of(SERVER, definition, namespace, name))
          .map(object -> codec.read(object.json()));
    } catch (StatusException refusal) {
      return Answer.failed(refusal);
    }
  }
}
