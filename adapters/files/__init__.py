"""The file room: the files of inquiries, in a folder or in a bucket.

Composed by bots, used through core/filing's ports. The only home of the obstore library; never fetches from a
platform, and never unpacks anything.
"""
