package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.server.http.Response.Segment;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A list's JSON, one object after the other: what has been written is held no longer. */
final class ListSegments implements Iterator<Segment> {

  private static final Segment END = segment("]}");

  private final Segment head;
  private final Segment between;
  private final Iterator<StoredObject> objects;
  private final Function<StoredObject, Segment> form;
  private boolean headTold;
  private boolean separated;
  private boolean first = true;
  private boolean ended;

  private ListSegments(
      byte[] head,
      String between,
      List<StoredObject> objects,
      Function<StoredObject, Segment> form) {
    this.head = new Segment(head);
    this.between = segment(between);
    this.objects = objects.iterator();
    this.form = form;
  }

  /** Items that are made of the objects. */
  static ListSegments of(
      String head, List<StoredObject> objects, Function<StoredObject, byte[]> form) {
    return new ListSegments(
        head.getBytes(StandardCharsets.UTF_8),
        ",",
        objects,
        object -> new Segment(form.apply(object)));
  }

  /** The objects as they are stored, most of them without their kinds and versions. */
  static ListSegments stored(ObjectList list) {
    // An item's opening brace takes the place of what is left out.
    return new ListSegments(
        list.head(), ",{", list.objects(), object -> item(object, list.skipped(object)));
  }

  private static Segment item(StoredObject object, int skipped) {
    return new Segment(object.json(), skipped, object.json().length - skipped);
  }

  private static Segment segment(String text) {
    return new Segment(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public Segment next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    if (!headTold) {
      headTold = true;
      return head;
    }
    if (separated) {
      separated = false;
      return form.apply(objects.next());
    }
    if (!objects.hasNext()) {
      ended = true;
      return END;
    }
    separated = true;
    return separator();
  }

  private Segment separator() {
    if (!first) {
      return between;
    }
    first = false;
    return new Segment(between.bytes(), 1, between.length() - 1);
  }
}
