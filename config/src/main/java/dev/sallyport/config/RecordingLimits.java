package dev.sallyport.config;

/**
 * Which finished recordings are kept: the newest that fit. One that is still written to is never
 * touched.
 *
 * @param megabytes all recordings together, those in progress counted; 0 for any
 * @param days since a recording ended; 0 for ever
 * @param files 0 for any number
 */
public record RecordingLimits(int megabytes, int days, int files) {

  /** Everything is kept. */
  public static final RecordingLimits NONE = new RecordingLimits(0, 0, 0);

  public boolean any() {
    return megabytes > 0 || days > 0 || files > 0;
  }
}
