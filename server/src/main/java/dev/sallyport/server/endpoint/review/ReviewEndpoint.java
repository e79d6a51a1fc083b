package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ObjectCodec.Decoded;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.RequestBodies;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Negotiator;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Warnings;
import java.util.ArrayList;
import java.util.List;

/** Takes one kind of review by POST and answers it with 201 and its status. */
public final class ReviewEndpoint implements Endpoint {

  private static final String WRONG_NAMESPACE =
      "the namespace of the provided object does not match the namespace sent on the request";

  private final ResourceDefinition resource;
  private final ObjectCodec codec;
  private final ResponseWriter writer;
  private final Review review;

  public ReviewEndpoint(
      ResourceDefinition resource, ObjectCodec codec, ResponseWriter writer, Review review) {
    this.resource = resource;
    this.codec = codec;
    this.writer = writer;
    this.review = review;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    if (!context.info().verb().equals("create")) {
      throw new StatusException(Status.methodNotAllowed());
    }
    Representation representation =
        Negotiator.PLAIN.choose(context.request().headers(), context.query().first("pretty"));
    FieldValidation validation = fieldValidation(context.query().text("fieldValidation"));
    var format = RequestBodies.format(context.request().headers());
    return RequestBodies.read(context)
        .map(body -> codec.decode(format, body, resource.kind(), validation))
        .then(decoded -> answer(context, decoded, representation));
  }

  private Answer<Response> answer(
      RequestContext context, Decoded decoded, Representation representation) {
    ObjectNode asked = decoded.object();
    context.objectListener().accept(asked);
    place(asked, context.info().namespace());
    List<String> warnings = new ArrayList<>(decoded.warnings());
    warnings.addAll(review.warnings(asked));
    return review
        .answer(context, asked)
        .map(
            answered -> {
              Response response = writer.object(representation, 201, codec.write(answered));
              Warnings.addAll(response.headers(), warnings);
              return response;
            });
  }

  /** Gives the object the namespace of the path, or none at cluster scope. */
  private void place(ObjectNode object, String namespace) {
    JsonNode metadata = object.path("metadata");
    String named = metadata.path("namespace").asText();
    if (!resource.namespaced()) {
      if (metadata instanceof ObjectNode present) {
        present.remove("namespace");
      }
      return;
    }
    if (!named.isEmpty() && !named.equals(namespace)) {
      throw new StatusException(Status.badRequest(WRONG_NAMESPACE));
    }
    object.withObject("/metadata").put("namespace", namespace);
  }

  private static FieldValidation fieldValidation(String text) {
    return switch (text) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default -> {
        Faults faults = new Faults();
        faults.unsupported("fieldValidation", text, "Ignore", "Strict", "Warn");
        throw new StatusException(
            Status.invalid("meta.k8s.io", "CreateOptions", "", faults.causes()));
      }
    };
  }
}
