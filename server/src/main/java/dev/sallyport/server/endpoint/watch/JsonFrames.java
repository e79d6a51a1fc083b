package dev.sallyport.server.endpoint.watch;

import dev.sallyport.api.Status;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.registry.EventShaper;
import dev.sallyport.server.response.StatusJson;
import dev.sallyport.store.StoredObject;
import dev.sallyport.store.WatchEvent;
import java.nio.charset.StandardCharsets;

/** Frames of JSON, one a line. An event is encoded by whoever is first and shared by all. */
final class JsonFrames implements WatchFrames {

  private final EventShaper shaper;

  JsonFrames(EventShaper shaper) {
    this.shaper = shaper;
  }

  @Override
  public String contentType() {
    return BodyFormat.JSON.streamType();
  }

  @Override
  public byte[] event(WatchEvent event) {
    byte[] encoded = event.encoded();
    if (encoded == null) {
      encoded = event(event.type(), event.object());
      event.keepEncoded(encoded);
    }
    return encoded;
  }

  @Override
  public byte[] event(WatchEvent.Type type, StoredObject object) {
    return frame(type.name(), object.json());
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return frame("BOOKMARK", shaper.bookmark(revision, initialEnd));
  }

  @Override
  public byte[] error(Status status) {
    return frame("ERROR", StatusJson.encode(status));
  }

  static byte[] frame(String type, byte[] json) {
    byte[] head = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[head.length + json.length + 2];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(json, 0, frame, head.length, json.length);
    frame[frame.length - 2] = '}';
    frame[frame.length - 1] = '\n';
    return frame;
  }
}
