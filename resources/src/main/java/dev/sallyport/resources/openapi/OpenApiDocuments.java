package dev.sallyport.resources.openapi;

import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the built-in kinds. They are unpacked when asked for and kept only as long as
 * memory allows; the index knows their hashes from a table. Any thread; reading a document for the
 * first time takes some ten milliseconds.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3">Kubernetes:
 *     OpenAPI V3</a>
 */
public final class OpenApiDocuments {

  private static final String ROOT = "/openapi/v3/";
  private static final String OWN_GROUP = "apis/sallyport.dev";

  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, SoftReference<OpenApiDocument>> documents = new ConcurrentHashMap<>();
  private final CustomDocuments custom;
  private volatile Index index;

  /** The index as of one generation of the catalogue. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, only sent
  private record Index(long generation, byte[] json) {}

  /** Of the built-in kinds alone. */
  public OpenApiDocuments() {
    this(false);
  }

  /**
   * @param own whether the kinds of Sallyport's own are served too
   */
  public OpenApiDocuments(boolean own) {
    this(own, new BuiltInCatalogue());
  }

  /**
   * @param own whether the kinds of Sallyport's own are served too
   * @param catalogue which custom kinds are served
   */
  public OpenApiDocuments(boolean own, ResourceCatalogue catalogue) {
    custom = new CustomDocuments(catalogue);
    for (String line : text("index.txt").lines().toList()) {
      StringTokenizer words = new StringTokenizer(line);
      hashes.put(words.nextToken(), words.nextToken());
    }
    if (own) {
      for (String path : List.of(OWN_GROUP, OWN_GROUP + "/v1alpha1")) {
        hashes.put(path, digest(made(path)));
      }
    }
    index = indexNow();
  }

  private Index indexNow() {
    long generation = custom.generation();
    Map<String, String> all = new LinkedHashMap<>(hashes);
    all.putAll(custom.hashes());
    return new Index(generation, index(all).getBytes(StandardCharsets.UTF_8));
  }

  /** The answer at {@code /openapi/v3}: every document's URL with its hash. Shared bytes. */
  public byte[] index() {
    Index known = index;
    if (known.generation() != custom.generation()) {
      known = indexNow();
      index = known;
    }
    return known.json();
  }

  /** What {@link #document} is asked for, in the index's order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(hashes.keySet());
    names.addAll(custom.hashes().keySet());
    return names;
  }

  /**
   * A document, or null when there is none.
   *
   * @param path what follows {@code /openapi/v3/}, such as {@code api/v1} or {@code apis/apps/v1}
   */
  public @Nullable OpenApiDocument document(String path) {
    String hash = hash(path);
    if (hash == null) {
      return null;
    }
    SoftReference<OpenApiDocument> kept = documents.get(path);
    OpenApiDocument document = kept == null ? null : kept.get();
    if (document == null || !document.hash().equals(hash)) {
      byte[] json = hashes.containsKey(path) ? made(path) : custom.made(path);
      if (json == null) {
        documents.remove(path);
        return null;
      }
      document = new OpenApiDocument(json, hash);
      documents.put(path, new SoftReference<>(document));
    }
    return document;
  }

  /** The hash that the document's URL carries now; null when there is no such document. */
  public @Nullable String hash(String path) {
    String hash = hashes.get(path);
    return hash == null ? custom.hash(path) : hash;
  }

  /** A document, made anew. */
  static byte[] made(String path) {
    return Descriptions.builtIn().addTo(bytes(fileName(path)));
  }

  static String digest(byte[] document) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(document));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String fileName(String path) {
    String folder = path.startsWith(OWN_GROUP) ? "own/" : "";
    return folder + path.replace(".well-known", "well-known").replace("/", "__") + ".json";
  }

  private static String index(Map<String, String> hashes) {
    StringBuilder json = new StringBuilder("{\"paths\":{");
    String separator = "";
    for (Map.Entry<String, String> document : hashes.entrySet()) {
      json.append(separator).append('"').append(document.getKey()).append("\":");
      json.append("{\"serverRelativeURL\":\"").append(ROOT).append(document.getKey());
      json.append("?hash=").append(document.getValue()).append("\"}");
      separator = ",";
    }
    return json.append("}}").toString();
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = OpenApiDocuments.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
