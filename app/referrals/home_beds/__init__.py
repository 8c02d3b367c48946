"""Home beds 家庭病床."""
