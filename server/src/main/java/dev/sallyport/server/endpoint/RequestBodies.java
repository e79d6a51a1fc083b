package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.server.chain.RequestContext;
import org.jspecify.annotations.Nullable;

/** Reads bodies, once it is known that they may be read and in what form they are. */
public final class RequestBodies {

  /** The most bytes a body may have. */
  public static final int LIMIT = 3 * 1024 * 1024;

  private RequestBodies() {}

  /**
   * The whole body.
   *
   * @throws StatusException 415 when it is compressed, 413 when it is too long
   */
  public static Answer<byte[]> read(RequestContext context) {
    String coding = context.request().headers().first("content-encoding");
    if (coding != null && !coding.isBlank() && !coding.equalsIgnoreCase("identity")) {
      throw new StatusException(
          new Status(
              415,
              Reason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request must not be compressed",
              null));
    }
    return context.request().body().read(LIMIT);
  }

  /**
   * The body's format by its Content-Type; JSON where that is missing.
   *
   * @throws StatusException 415 for any other type
   */
  public static BodyFormat format(Headers headers) {
    String type = headers.first("content-type");
    if (type == null || type.isBlank()) {
      return BodyFormat.JSON;
    }
    BodyFormat format = BodyFormat.ofMediaType(type);
    if (format == null) {
      throw new StatusException(unsupported());
    }
    return format;
  }

  /** The Content-Type without its parameters, or null. */
  public static @Nullable String mediaType(Headers headers) {
    String type = headers.first("content-type");
    if (type == null) {
      return null;
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
  }

  private static Status unsupported() {
    return new Status(
        415,
        Reason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json, application/yaml, application/vnd.kubernetes.protobuf",
        null);
  }
}
