package io.isospin.lab.http;

/** One of the lab's services. */
public interface Service {
    /** Answers a request, or throws a {@link Refusal}. */
    Answer answer(Call call);

    /** A refusal in the service's own words and form. */
    Answer refused(Call call, Refusal refusal);
}
