package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * OpenAPI v2: all documents of v3 in one, as older clients ask for it. Made when asked for, which
 * takes a second or two, and kept as long as memory allows and the documents stay what they are.
 * Any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v2">Kubernetes:
 *     OpenAPI V2</a>
 */
public final class SwaggerDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenApiDocuments documents;
  private @Nullable SoftReference<OpenApiDocument> made;
  private byte[] madeOf = {};

  public SwaggerDocument(OpenApiDocuments documents) {
    this.documents = documents;
  }

  /** The document of now. Two that ask at once make it once. */
  public synchronized OpenApiDocument current() {
    byte[] index = documents.index();
    OpenApiDocument document = made == null ? null : made.get();
    if (document == null || !Arrays.equals(index, madeOf)) {
      byte[] json = make();
      document = new OpenApiDocument(json, OpenApiDocuments.digest(json));
      made = new SoftReference<>(document);
      madeOf = index;
    }
    return document;
  }

  private byte[] make() {
    ObjectNode root = JSON.createObjectNode().put("swagger", "2.0");
    root.putObject("info").put("title", "Kubernetes").put("version", "v1.36.3");
    ObjectNode paths = root.putObject("paths");
    ObjectNode definitions = root.putObject("definitions");
    root.putObject("securityDefinitions")
        .putObject("BearerToken")
        .put("type", "apiKey")
        .put("name", "authorization")
        .put("in", "header");
    root.putArray("security").addObject().putArray("BearerToken");
    try {
      for (String name : documents.names()) {
        OpenApiDocument document = documents.document(name);
        if (document != null) {
          add(JSON.readTree(document.json()), paths, definitions);
        }
      }
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: what is read was written here
    }
  }

  private static void add(JsonNode document, ObjectNode paths, ObjectNode definitions) {
    document
        .path("paths")
        .properties()
        .forEach(path -> paths.set(path.getKey(), SwaggerPaths.of(path.getValue())));
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(type -> definitions.set(type.getKey(), SwaggerSchemas.of(type.getValue())));
  }
}
