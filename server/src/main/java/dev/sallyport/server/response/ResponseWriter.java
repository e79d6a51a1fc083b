package dev.sallyport.server.response;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Writes objects and statuses in the representation that was chosen. Any thread. */
public final class ResponseWriter {

  private final Map<BodyFormat, AnswerEncoder> encoders;

  /**
   * @param encoders one for each format but JSON, which needs none
   */
  public ResponseWriter(List<AnswerEncoder> encoders) {
    this.encoders = new EnumMap<>(BodyFormat.class);
    for (AnswerEncoder encoder : encoders) {
      this.encoders.put(encoder.format(), encoder);
    }
  }

  /** The encoder of a format. */
  public AnswerEncoder encoder(BodyFormat format) {
    AnswerEncoder encoder = encoders.get(format);
    if (encoder == null) {
      throw new IllegalStateException("no encoder for " + format);
    }
    return encoder;
  }

  /**
   * An object, list, table or review.
   *
   * @param json already transformed
   */
  public Response.Buffered object(Representation representation, int status, byte[] json) {
    return new Response.Buffered(
        status,
        Responses.headers(representation.format().mediaType()),
        List.of(new Response.Segment(encode(representation, json))),
        json,
        null);
  }

  /**
   * A body that is made while it is sent.
   *
   * @param length bytes, or -1 when that is not known
   * @param workers who makes it; null when it costs no more than a copy
   */
  public static Response.Streamed streamed(
      BodyFormat format, Pieces pieces, long length, @Nullable Executor workers) {
    return new Response.Streamed(
        200, Responses.headers(format.mediaType()), length, new PieceBody(pieces, workers));
  }

  /** The same, compressed on the way. */
  public static Response.Streamed compressed(BodyFormat format, Pieces pieces, Executor workers) {
    return new Response.Streamed(
        200,
        Responses.headers(format.mediaType())
            .add("content-encoding", "gzip")
            .add("vary", "Accept-Encoding"),
        -1,
        new PieceBody(new GzipPieces(pieces), workers));
  }

  /** What is had in JSON only, whatever the client accepts; indented for people. */
  public Response.Buffered json(RequestContext context, byte[] json) {
    Representation representation =
        Negotiator.PLAIN.chooseOrJson(context.request().headers(), context.query().first("pretty"));
    return Responses.bytes(
        200, BodyFormat.JSON.mediaType(), representation.pretty() ? JsonIndent.indent(json) : json);
  }

  /** A Status to the client's taste, as a filter or endpoint refuses or DELETE succeeds. */
  public Response.Buffered status(RequestContext context, Status status) {
    Representation representation =
        Negotiator.PLAIN.chooseOrJson(context.request().headers(), context.query().first("pretty"));
    ResponseHeaders headers = Responses.headers(representation.format().mediaType());
    StatusDetails details = status.details();
    if (details != null && details.retryAfterSeconds() > 0) {
      headers.add("retry-after", Integer.toString(details.retryAfterSeconds()));
    }
    byte[] json = StatusJson.encode(status);
    byte[] body = encode(representation, json);
    return new Response.Buffered(
        status.code(), headers, List.of(new Response.Segment(body)), json, status);
  }

  private byte[] encode(Representation representation, byte[] json) {
    if (representation.format() != BodyFormat.JSON) {
      return encoder(representation.format()).encode(json);
    }
    return representation.pretty() ? JsonIndent.indent(json) : json;
  }
}
