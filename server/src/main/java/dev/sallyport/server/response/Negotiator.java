package dev.sallyport.server.response;

import dev.sallyport.api.Headers;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.server.response.Representation.Transform;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a representation by the Accept header. Any thread. The few headers that clients really
 * send are remembered, up to a bound; everything else is read anew.
 */
public final class Negotiator {

  /** Objects and lists, which can be had as tables and as metadata. */
  public static final Negotiator OBJECTS =
      new Negotiator(true, List.of(BodyFormat.JSON, BodyFormat.YAML, BodyFormat.PROTOBUF));

  /** Watches of such objects: YAML has no frames. */
  public static final Negotiator STREAMS =
      new Negotiator(true, List.of(BodyFormat.JSON, BodyFormat.PROTOBUF));

  /** What has one form only: statuses, reviews, discovery. */
  public static final Negotiator PLAIN =
      new Negotiator(false, List.of(BodyFormat.JSON, BodyFormat.YAML, BodyFormat.PROTOBUF));

  private static final int REMEMBERED = 256;
  private static final int LONGEST_REMEMBERED = 512;
  private static final String AVAILABLE =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private final boolean transforms;
  private final List<BodyFormat> formats;
  private final Map<String, Choice> remembered = new ConcurrentHashMap<>();

  private Negotiator(boolean transforms, List<BodyFormat> formats) {
    this.transforms = transforms;
    this.formats = formats;
  }

  /**
   * The representation the client likes best.
   *
   * @param pretty the query parameter of that name, or null
   * @throws StatusException 406 when it accepts none
   */
  public Representation choose(Headers headers, @Nullable String pretty) {
    String accept = headers.first("accept");
    Choice choice = choice(accept);
    if (choice.refusal != null) {
      throw new StatusException(choice.refusal);
    }
    return choice.representation.pretty() || !wantsPretty(headers, pretty)
        ? choice.representation
        : choice.representation.prettied();
  }

  /** The same, but JSON where the client accepts nothing: for failures, which must be told. */
  public Representation chooseOrJson(Headers headers, @Nullable String pretty) {
    Choice choice = choice(headers.first("accept"));
    return wantsPretty(headers, pretty) ? choice.representation.prettied() : choice.representation;
  }

  private Choice choice(@Nullable String accept) {
    if (accept == null || accept.equals("*/*") || accept.equals("application/json")) {
      return Choice.JSON;
    }
    Choice known = remembered.get(accept);
    if (known != null) {
      return known;
    }
    Choice read = read(accept);
    if (remembered.size() < REMEMBERED && accept.length() <= LONGEST_REMEMBERED) {
      remembered.put(accept, read);
    }
    return read;
  }

  private Choice read(String accept) {
    if (accept.isBlank()) {
      return Choice.JSON;
    }
    List<MediaRange> ranges = MediaRange.parse(accept);
    for (MediaRange range : ranges) {
      for (BodyFormat format : formats) {
        Transform transform = transform(range);
        if (range.covers(format.mediaType()) && transform != null) {
          boolean pretty = "1".equals(range.parameters().get("pretty"));
          return new Choice(new Representation(format, transform, pretty), null);
        }
      }
    }
    return new Choice(Representation.JSON, routed(ranges) ? onlyAccepted() : notAcceptable());
  }

  /** Whether a type we have was named at all, so that only its parameters stood in the way. */
  private static boolean routed(List<MediaRange> ranges) {
    for (MediaRange range : ranges) {
      if (range.any() || BodyFormat.ofMediaType(range.type() + "/" + range.subtype()) != null) {
        return true;
      }
    }
    return false;
  }

  /** What the range asks to be made of the object; null when it cannot be. */
  private @Nullable Transform transform(MediaRange range) {
    String as = range.parameters().get("as");
    if (as == null) {
      return Transform.NONE;
    }
    boolean meta =
        "meta.k8s.io".equals(range.parameters().get("g"))
            && "v1".equals(range.parameters().get("v"));
    if (!transforms || !meta) {
      return null;
    }
    return switch (as) {
      case "Table" -> Transform.TABLE;
      case "PartialObjectMetadata" -> Transform.METADATA;
      case "PartialObjectMetadataList" -> Transform.METADATA_LIST;
      default -> null;
    };
  }

  /** People at a terminal get indented JSON: by ?pretty, or by what their tool calls itself. */
  private static boolean wantsPretty(Headers headers, @Nullable String pretty) {
    if (pretty != null) {
      return !pretty.equals("0") && !pretty.equalsIgnoreCase("false");
    }
    String agent = headers.first("user-agent");
    return agent != null
        && (agent.startsWith("curl")
            || agent.startsWith("Wget")
            || agent.startsWith("Mozilla/5.0"));
  }

  private static Status notAcceptable() {
    return new Status(
        406,
        Reason.NOT_ACCEPTABLE,
        "406: Not Acceptable\n\nAvailable representations: " + AVAILABLE,
        StatusDetails.EMPTY);
  }

  private static Status onlyAccepted() {
    return new Status(
        406,
        Reason.NOT_ACCEPTABLE,
        "only the following media types are accepted: " + AVAILABLE,
        null);
  }

  /** A representation to fall back to, and why it is no answer to what was asked. */
  private record Choice(Representation representation, @Nullable Status refusal) {
    static final Choice JSON = new Choice(Representation.JSON, null);
  }
}
