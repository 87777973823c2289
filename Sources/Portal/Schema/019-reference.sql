-- Whether a bank's reference was used before is asked at every payment.
CREATE INDEX payment_reference ON payment (reference);
