package dev.sallyport.resources.codec.canonical;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Where the reader stands, for messages: field names, map keys and list indexes. */
final class Trail {

  private final Deque<Object> steps = new ArrayDeque<>();
  private final Deque<String> structs = new ArrayDeque<>();

  void enterStruct(String goName) {
    structs.push(goName);
  }

  void leaveStruct() {
    structs.pop();
  }

  /** A struct's field. */
  void field(String name) {
    steps.push(name);
  }

  /** A map's key, which Go's type errors do not name. */
  void key(String name) {
    steps.push(new Key(name));
  }

  void index(int index) {
    steps.push(index);
  }

  void leave() {
    steps.pop();
  }

  private record Key(String name) {}

  /** Struct and fields as Go's type errors name them: {@code EnvVar.spec.containers.env.value}. */
  String goField() {
    StringBuilder text = new StringBuilder(structs.isEmpty() ? "" : structs.peek());
    for (Iterator<Object> it = steps.descendingIterator(); it.hasNext(); ) {
      if (it.next() instanceof String name) {
        text.append('.').append(name);
      }
    }
    return text.toString();
  }

  /** The full path of a member of where the reader stands: {@code spec.containers[0].nope}. */
  String path(String member) {
    StringBuilder text = new StringBuilder();
    for (Iterator<Object> it = steps.descendingIterator(); it.hasNext(); ) {
      Object step = it.next();
      if (step instanceof Integer index) {
        text.append('[').append(index.intValue()).append(']');
      } else {
        dot(text).append(step instanceof Key key ? key.name() : step);
      }
    }
    return dot(text).append(member).toString();
  }

  private static StringBuilder dot(StringBuilder text) {
    return text.isEmpty() ? text : text.append('.');
  }
}
