package dev.sallyport.resources.kinds.batch;

/** Indexes as a text: numbers and ranges between commas, rising, such as {@code 1,3-5,7}. */
final class IndexRanges {

  private IndexRanges() {}

  /** A text that is no list of indexes; the message says why, in the API's words. */
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fault(String fault) {
      super(fault, null, false, false);
    }

    String fault() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * How many indexes the text names.
   *
   * @param completions all must be less
   */
  static long count(String text, long completions) {
    long count = 0;
    long last = -1;
    int start = 0;
    while (start <= text.length() && !text.isEmpty()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      String range = text.substring(start, end);
      int dash = range.indexOf('-');
      long from = index(dash < 0 ? range : range.substring(0, dash), range, completions);
      long to = dash < 0 ? from : index(range.substring(dash + 1), range, completions);
      if (from <= last) {
        throw new Fault("non-increasing order, previous: %d, current: %d".formatted(last, from));
      }
      if (dash >= 0 && to <= from) {
        throw new Fault("non-increasing order, previous: %d, current: %d".formatted(from, to));
      }
      count += to - from + 1;
      last = to;
      start = end + 1;
    }
    return count;
  }

  private static long index(String text, String range, long completions) {
    long index;
    try {
      index = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Fault("cannot convert string to integer for index: \"" + text + "\"");
    }
    if (index < 0) {
      throw new Fault("the fragment \"" + range + "\" violates the requirement, a negative index");
    }
    if (index >= completions) {
      throw new Fault("too large index: \"" + index + "\"");
    }
    return index;
  }
}
