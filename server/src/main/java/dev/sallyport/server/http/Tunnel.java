package dev.sallyport.server.http;

/**
 * The client's side of a connection that has switched protocols: bytes both ways, each way ending
 * for itself. {@link #end} says that nothing more goes to the client, whose bytes may still come;
 * {@link #onClosed} runs when both ways have ended or the connection is gone. A client that takes
 * nothing, or says nothing once the other way has ended, is cut off after a while.
 */
public interface Tunnel extends ResponseStream {

  /**
   * Hands over what the client sends, piece by piece as the sink asks, beginning with what it had
   * sent behind its request. Once. The sink hears {@code ended} when the client has ended its way,
   * {@code failed} when the connection is gone.
   */
  void read(RequestBody.Sink from);

  /** Bytes that the client has sent so far, as they stand inside TLS. */
  long bytesFromClient();

  /** Bytes that have been written to the client so far. */
  long bytesToClient();

  /** What it ended by; {@link TunnelEnd#CLIENT} while it lasts. */
  TunnelEnd endedBy();
}
